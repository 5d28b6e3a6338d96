/** Chooses which student embeds a question. Both work in one space, so either vector can be compared with every function. */
import type { Refiner } from '../embed/refiner.ts';
import type { Student } from '../embed/student.ts';
import type { Store } from '../store/store.ts';

export interface QuestionStudents {
  readonly store: Store;
  readonly student: Student;
  /** Null or absent: the student alone. */
  readonly refiner?: Refiner | null;
}

export async function questionVector(students: QuestionStudents, text: string): Promise<Float32Array> {
  const { student, refiner } = students;
  const base = await student.embedQuery(text);
  return refiner && asksRefined(students.store) ? refiner.refineQuery(text, base) : base;
}

/** As soon as one function may have a refined vector. */
export function asksRefined(store: Store): boolean {
  return store.rows.waiting() < store.counts().functions;
}
