import Foundation
@testable import Storage

/// How large a page is.
let pageSize = 4096

/// What may go wrong with a file.
enum StoreError: Error, Equatable {
    case notFound(path: String)
    case damaged

    /// A sentence for people.
    var message: String {
        switch self {
        case .notFound(let path): return "no file at \(path)"
        case .damaged: return "damaged"
        }
    }
}

/// Something that keeps values by key.
protocol Store: AnyObject {
    associatedtype Value: Codable
    var count: Int { get }

    /// The value of a key.
    func value(for key: String) throws -> Value?
}

typealias Completion<T> = (Result<T, StoreError>) -> Void

/**
 A store in one file.

 Writes go to a copy first.
 */
@available(macOS 12, *)
public final class FileStore<Value: Codable>: Store {
    private let url: URL
    private var cache: [String: Value] = [:]
    public static var shared: FileStore?

    /// One page of the file.
    struct Page {
        let number: Int
        var isDirty = false

        mutating func touch() {
            isDirty = true
        }
    }

    /// Opens the file.
    public init(url: URL) throws {
        self.url = url
        try load()
    }

    convenience init?(path: String) {
        try? self.init(url: URL(fileURLWithPath: path))
    }

    deinit {
        cache.removeAll()
    }

    var count: Int { cache.count }

    subscript(key: String) -> Value? {
        get { cache[key] }
        set { cache[key] = newValue }
    }

    /// The value of a key, from memory when it is there.
    @discardableResult
    func value(for key: String) throws -> Value? {
        if let value = cache[key] { return value }
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw StoreError.notFound(path: url.path)
        }
        return nil
    }

    // Reads everything at once.
    private func load() throws {
        func decode(_ data: Data) throws -> [String: Value] {
            try JSONDecoder().decode([String: Value].self, from: data)
        }
        cache = try decode(Data(contentsOf: url))
    }

    class func make<T>(_ type: T.Type, then done: @escaping Completion<T>) where T: Codable {
        done(.failure(.damaged))
    }
}

extension FileStore where Value == String {
    /// All values in one text.
    func joined(by separator: String = ", ") -> String {
        cache.values.joined(separator: separator)
    }

    static func == (a: FileStore, b: FileStore) -> Bool { a.url == b.url }
}

actor Counter {
    private var value = 0
    func increment() async -> Int {
        value += 1
        return value
    }
}

/// Keeps a number within bounds.
@propertyWrapper
struct Clamped {
    var wrappedValue: Int { didSet { wrappedValue = min(max(wrappedValue, 0), 100) } }
}

func open(_ path: String) -> FileStore<String>? {
    FileStore(path: path)
}

print(open("/tmp/store")?.count ?? 0)
