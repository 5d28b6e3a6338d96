//! An arena of fixed blocks.

const std = @import("std");
const builtin = @import("builtin");
const Allocator = std.mem.Allocator;

pub const block_size: usize = 4096;

/// What may go wrong.
pub const ArenaError = error{
    OutOfBlocks,
    TooLarge,
};

/// How blocks are chosen.
pub const Strategy = enum {
    first_fit,
    best_fit,

    pub fn name(self: Strategy) []const u8 {
        return @tagName(self);
    }
};

const Value = union(enum) {
    int: i64,
    text: []const u8,
};

extern "c" fn abort() noreturn;

/// Hands out memory and takes it back all at once.
pub const Arena = struct {
    const Self = @This();

    blocks: std.ArrayListUnmanaged([]u8) = .{},
    used: usize = 0,
    strategy: Strategy = .first_fit,

    /// Where an arena stood at some time.
    pub const Mark = struct {
        used: usize,

        fn before(self: Mark, other: Mark) bool {
            return self.used < other.used;
        }
    };

    pub fn init() Self {
        return .{};
    }

    /// Frees every block.
    pub fn deinit(self: *Self, gpa: Allocator) void {
        for (self.blocks.items) |block| gpa.free(block);
        self.blocks.deinit(gpa);
    }

    // Takes bytes from the last block.
    pub fn alloc(self: *Self, gpa: Allocator, size: usize) (ArenaError || Allocator.Error)![]u8 {
        if (size > block_size) return error.TooLarge;
        if (self.blocks.items.len == 0 or self.used + size > block_size) {
            try self.blocks.append(gpa, try gpa.alloc(u8, block_size));
            self.used = 0;
        }
        const start = self.used;
        self.used += size;
        return self.blocks.items[self.blocks.items.len - 1][start..self.used];
    }
};

/// A list of any type, made while compiling.
pub fn List(comptime T: type) type {
    return struct {
        items: []T,
        len: usize = 0,

        const This = @This();

        /// Adds one at the end.
        pub fn push(self: *This, item: T) !void {
            if (self.len == self.items.len) return error.OutOfBlocks;
            self.items[self.len] = item;
            self.len += 1;
        }
    };
}

inline fn isPowerOfTwo(n: usize) bool {
    return n != 0 and n & (n - 1) == 0;
}

export fn arena_block_size() callconv(.c) usize {
    return block_size;
}

comptime {
    if (!isPowerOfTwo(block_size)) @compileError("block_size");
}

test "an arena gives what it was asked for" {
    var arena = Arena.init();
    defer arena.deinit(std.testing.allocator);
    const bytes = try arena.alloc(std.testing.allocator, 10);
    try std.testing.expectEqual(@as(usize, 10), bytes.len);
}

pub fn main() !void {
    const gpa = std.heap.page_allocator;
    var arena = Arena.init();
    defer arena.deinit(gpa);
    _ = try arena.alloc(gpa, 100);
}

fn @"two words"(x: usize) usize {
    return x + 1;
}
