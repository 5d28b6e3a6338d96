# frozen_string_literal: true

require 'json'
require_relative 'store'

# Keeps a library's books.
module Library
  MAX_LOANS = 5

  class Error < StandardError; end

  # Raised when a book is out.
  class NotAvailable < Error
    def initialize(book)
      super("#{book} is out")
    end
  end

  # One book.
  Book = Struct.new(:title, :year, keyword_init: true) do
    def old?
      year < 1950
    end
  end

  # What every model can do.
  module Model
    def self.included(base)
      base.extend(ClassMethods)
    end

    module ClassMethods
      # Finds one by its key.
      def find(key)
        all.find { |one| one.key == key }
      end
    end
  end

  class Shelf
    include Model
    include Enumerable

    attr_reader :books
    attr_accessor :name

    @@count = 0

    # @param name [String]
    def initialize(name, books: [])
      @name = name
      @books = books
      @@count += 1
    end

    class << self
      # How many shelves there are.
      def count
        @@count
      end
    end

    def self.load(path)
      new(path, books: JSON.parse(File.read(path)))
    end

    # Lends a book to somebody.
    #
    # Raises when it is out already.
    def lend(book, to:, days: 14, &block)
      raise NotAvailable, book unless @books.include?(book)

      @books.delete(book)
      block&.call(to, days)
    end

    def each(&) = @books.each(&)

    def [](index)
      @books[index]
    end

    def <=>(other)
      name <=> other.name
    end

    def name=(value)
      @name = value.to_s.strip
    end

    define_method(:empty?) { @books.empty? }

    private

    def log(message)
      puts <<~TEXT
        def not_a_method
          #{message}
        end
      TEXT
    end
  end
end

=begin
Prints the titles.
=end
def print_titles(shelf)
  shelf.each { |book| puts book.title }
end

task :report do
  shelf = Library::Shelf.load('books.json')
  print_titles(shelf)
end

print_titles(Library::Shelf.new('empty')) if $PROGRAM_NAME == __FILE__
