/** Reads the channel to the parent. A message of which the protocol's library makes an exception is told and passed over. */
import { type DataCallback, type Disposable, IPCMessageReader } from 'vscode-jsonrpc/node';

export class TolerantReader extends IPCMessageReader {
  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      try {
        callback(message);
      } catch (error) {
        console.error(`A message that is none: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  }
}
