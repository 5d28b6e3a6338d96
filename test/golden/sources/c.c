/*
 * Copyright (c) 2024 The Ring Authors. All rights reserved.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>
#include "ring.h"

#define RING_MIN 16
#define RING_MASK(r) ((r)->capacity - 1)

/** Gives the larger one of two values. */
#define MAX(a, b) \
    ((a) > (b) ? (a) : (b))

/* A ring buffer of bytes; one reader and one writer. */
struct ring {
    unsigned char *data;
    size_t head;        /* next byte to read */
    size_t tail;
    size_t capacity;    /* a power of two */
};

/** What a ring tells about itself. */
typedef struct {
    size_t used;
    size_t dropped;
} ring_stats;

typedef enum ring_mode {
    RING_BLOCK,
    RING_OVERWRITE,
} ring_mode;

typedef int (*ring_visitor)(const unsigned char *byte, void *context);

union ring_word {
    unsigned long whole;
    unsigned char bytes[sizeof(unsigned long)];
};

static const size_t kDefaultCapacity = 4096;
static struct ring *rings[RING_MIN] = { 0 };

static size_t round_up(size_t n);

/**
 * ring_create - makes an empty ring
 * @capacity: how many bytes it holds at least
 *
 * Returns NULL when there is no memory.
 */
struct ring *ring_create(size_t capacity)
{
    struct ring *r = calloc(1, sizeof(*r));
    if (!r)
        return NULL;
    r->capacity = round_up(MAX(capacity, RING_MIN));
    r->data = malloc(r->capacity);
    if (!r->data) {
        free(r);
        return NULL;
    }
    return r;
}

// The next power of two.
static size_t
round_up(size_t n)
{
    size_t power = 1;
    while (power < n)
        power <<= 1;
    return power;
}

static inline size_t ring_used(const struct ring *r) { return r->tail - r->head; }

/* Writes as much as fits and says how much that was. */
size_t ring_write(struct ring *r, const void *bytes, size_t count)
{
    size_t room = r->capacity - ring_used(r);
    if (count > room)
        count = room;
#ifdef RING_SLOW
    for (size_t i = 0; i < count; i++)
        r->data[(r->tail + i) & RING_MASK(r)] = ((const unsigned char *)bytes)[i];
#else
    size_t at = r->tail & RING_MASK(r);
    size_t first = count < r->capacity - at ? count : r->capacity - at;
    memcpy(r->data + at, bytes, first);
    memcpy(r->data, (const char *)bytes + first, count - first);
#endif
    r->tail += count;
    return count;
}

/* Old style, as the first books wrote it. */
int ring_is_empty(r)
    struct ring *r;
{
    return r->head == r->tail;
}

/* A function that returns a pointer to a function. */
static int (*visitor_of(int verbose))(const unsigned char *, void *)
{
    return verbose ? NULL : NULL;
}

__attribute__((cold))
void ring_free(struct ring *r)
{
    free(r->data);
    free(r);
}
