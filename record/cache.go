package record

import "sync"

// cache is a bounded map. When it is full it forgets everything and fills
// again, which costs a bulk load less than keeping an order of use would.
// The zero value is an empty cache.
type cache[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

// maxCached bounds a cache; texts are short, so this is a few megabytes.
const maxCached = 100_000

func (c *cache[K, V]) get(key K) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	value, ok := c.m[key]
	return value, ok
}

func (c *cache[K, V]) put(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil || len(c.m) >= maxCached {
		c.m = map[K]V{}
	}
	c.m[key] = value
}
