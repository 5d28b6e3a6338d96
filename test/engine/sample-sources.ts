/** Small files that several tests ask questions about. */

/** Line 2: `retryWithBackoff`. */
export const RETRY_TS =
  '/** Waits longer after each failure. */\nexport async function retryWithBackoff(task: Task): Promise<void> {\n  await sleep(2 ** task.attempt);\n}\n';

/** Line 4: `Cart.Total`. */
export const CART_GO =
  'package shop\n\n// Total adds up the prices of all items.\nfunc (c *Cart) Total() int {\n\treturn sum(c.items)\n}\n';
