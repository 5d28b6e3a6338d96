/** A process for one language: what it does to itself is no other's. */
import { type CampaignOptions, type CampaignReport, campaign } from './campaign.ts';

/** `file`: about to be read. */
export type WorkerMessage = { readonly file: number } | { readonly report: CampaignReport };

const send = (message: WorkerMessage): unknown => process.send!(message);

process.on('message', async (options: CampaignOptions) => {
  send({ report: await campaign({ ...options, onFile: (file) => send({ file }) }) });
  process.disconnect();
});
