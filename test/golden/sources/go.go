// Package limit holds callers back that ask too often.
package limit

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrClosed says that the limiter takes no more callers.
var ErrClosed = errors.New("limiter is closed")

const (
	defaultBurst = 10
	minInterval  = time.Millisecond
)

// Clock tells the time; tests bring their own.
type Clock interface {
	Now() time.Time
	Sleep(ctx context.Context, d time.Duration) error
}

type (
	// Option changes a limiter while it is made.
	Option func(*Bucket)

	// Key is whom a bucket belongs to.
	Key string
)

// Bucket is a token bucket.
//
// Its zero value is not usable.
type Bucket struct {
	mu     sync.Mutex
	clock  Clock
	tokens float64
	rate   float64
	last   time.Time
	stats  struct {
		granted, refused int
	}
}

// WithClock replaces the system's clock.
func WithClock(c Clock) Option {
	return func(b *Bucket) { b.clock = c }
}

// NewBucket makes a bucket that is full.
func NewBucket(rate float64, opts ...Option) *Bucket {
	b := &Bucket{rate: rate, tokens: defaultBurst}
	for _, opt := range opts {
		opt(b)
	}
	return b
}

/*
Take takes n tokens and waits for them
when there are too few.
*/
func (b *Bucket) Take(ctx context.Context, n int) error {
	for {
		wait, ok := b.tryTake(float64(n))
		if ok {
			return nil
		}
		if err := b.clock.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

func (b *Bucket) tryTake(n float64) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock.Now()
	b.tokens = min(defaultBurst, b.tokens+now.Sub(b.last).Seconds()*b.rate)
	b.last = now
	if b.tokens >= n {
		b.tokens -= n
		b.stats.granted++
		return 0, true
	}
	b.stats.refused++
	return max(minInterval, time.Duration((n-b.tokens)/b.rate*float64(time.Second))), false
}

// Keyed holds one bucket for each key.
type Keyed[K comparable, B any] struct {
	buckets map[K]B
	make    func(K) B
}

// Of gives the bucket of a key.
func (k *Keyed[K, B]) Of(key K) B {
	if b, ok := k.buckets[key]; ok {
		return b
	}
	b := k.make(key)
	k.buckets[key] = b
	return b
}

// Map applies f to each item.
func Map[T, U any](items []T, f func(T) U) []U {
	out := make([]U, 0, len(items))
	for _, item := range items {
		out = append(out, f(item))
	}
	return out
}

//go:noinline
func (Key) String() string { return "key" }

func init() {
	_ = Map([]int{1}, func(i int) int { return i })
}
