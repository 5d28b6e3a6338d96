;; Dot products of one vector with many, 16 components a step. The many are bytes; the one is given in 16 bits, so that it
;; need not be widened anew for each of them. Pairwise sums of products are kept in 32 bits.
(module
  (memory (export "memory") 1)

  (func $total (param $sum v128) (result i32)
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))

  ;; Two vectors side by side: the query is loaded once for both, and neither sum waits for the other.
  (func $two (param $query i32) (param $a i32) (param $scores i32) (param $dims i32)
    (local $b i32) (local $end i32) (local $first v128) (local $second v128) (local $sumA v128) (local $sumB v128)
    (local.set $b (i32.add (local.get $a) (local.get $dims)))
    (local.set $end (local.get $b))
    (loop $step
      (local.set $first (v128.load (local.get $query)))
      (local.set $second (v128.load offset=16 (local.get $query)))
      (local.set $query (i32.add (local.get $query) (i32.const 32)))
      (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $first) (v128.load8x8_s (local.get $a)))
        (i32x4.dot_i16x8_s (local.get $second) (v128.load8x8_s offset=8 (local.get $a))))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $first) (v128.load8x8_s (local.get $b)))
        (i32x4.dot_i16x8_s (local.get $second) (v128.load8x8_s offset=8 (local.get $b))))))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (br_if $step (i32.lt_u (local.get $a) (local.get $end))))
    (i32.store (local.get $scores) (call $total (local.get $sumA)))
    (i32.store offset=4 (local.get $scores) (call $total (local.get $sumB))))

  ;; Of the rows that are listed: while one waits for its vector, the next has begun.
  (func (export "some") (param $query i32) (param $vectors i32) (param $rows i32) (param $scores i32) (param $count i32) (param $dims i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (i32.store (local.get $scores)
          (call $one
            (local.get $query)
            (i32.add (local.get $vectors) (i32.mul (i32.load (local.get $rows)) (local.get $dims)))
            (local.get $dims)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $scores (i32.add (local.get $scores) (i32.const 4)))
        (br $next))))

  ;; One vector alone, in two sums.
  (func $one (export "one") (param $query i32) (param $vector i32) (param $dims i32) (result i32)
    (local $end i32) (local $sumA v128) (local $sumB v128)
    (local.set $end (i32.add (local.get $vector) (local.get $dims)))
    (loop $step
      (local.set $sumA (i32x4.add (local.get $sumA)
        (i32x4.dot_i16x8_s (v128.load (local.get $query)) (v128.load8x8_s (local.get $vector)))))
      (local.set $sumB (i32x4.add (local.get $sumB)
        (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $query)) (v128.load8x8_s offset=8 (local.get $vector)))))
      (local.set $query (i32.add (local.get $query) (i32.const 32)))
      (local.set $vector (i32.add (local.get $vector) (i32.const 16)))
      (br_if $step (i32.lt_u (local.get $vector) (local.get $end))))
    (call $total (i32x4.add (local.get $sumA) (local.get $sumB))))

  ;; `rows` is even.
  (func (export "scan") (param $query i32) (param $vectors i32) (param $scores i32) (param $rows i32) (param $dims i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $vectors) (i32.mul (local.get $rows) (local.get $dims))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $vectors) (local.get $end)))
        (call $two (local.get $query) (local.get $vectors) (local.get $scores) (local.get $dims))
        (local.set $scores (i32.add (local.get $scores) (i32.const 8)))
        (local.set $vectors (i32.add (local.get $vectors) (i32.shl (local.get $dims) (i32.const 1))))
        (br $next)))))
