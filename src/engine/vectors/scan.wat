;; Dot products of one int8 vector with many, 16 components a step.
;; Products of two bytes fit 16 bits; their pairwise sums are kept in 32.
(module
  (memory (export "memory") 1)
  (func (export "scan") (param $query i32) (param $vectors i32) (param $scores i32) (param $rows i32) (param $dims i32)
    (local $end i32) (local $i i32) (local $sum v128) (local $a v128) (local $b v128)
    (local.set $end (i32.add (local.get $vectors) (i32.mul (local.get $rows) (local.get $dims))))
    (block $done
      (loop $row
        (br_if $done (i32.ge_u (local.get $vectors) (local.get $end)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $i (i32.const 0))
        (loop $step
          (local.set $a (v128.load (i32.add (local.get $query) (local.get $i))))
          (local.set $b (v128.load (i32.add (local.get $vectors) (local.get $i))))
          (local.set $sum (i32x4.add (local.get $sum)
            (i32x4.add
              (i32x4.extadd_pairwise_i16x8_s (i16x8.extmul_low_i8x16_s (local.get $a) (local.get $b)))
              (i32x4.extadd_pairwise_i16x8_s (i16x8.extmul_high_i8x16_s (local.get $a) (local.get $b))))))
          (local.set $i (i32.add (local.get $i) (i32.const 16)))
          (br_if $step (i32.lt_u (local.get $i) (local.get $dims))))
        (i32.store (local.get $scores)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (local.set $scores (i32.add (local.get $scores) (i32.const 4)))
        (local.set $vectors (i32.add (local.get $vectors) (local.get $dims)))
        (br $row)))))
