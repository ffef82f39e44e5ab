// What the page shows: a stage with a campaign on it, which can be cleared for another, and the scripted day.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readCampaignFolder } from '../../src/coalition/campaign-folder.js';
import { packageRoot } from '../bot.js';
import { aPartner, type Partner } from '../partner.js';
import { aStage, type Stage, stageBegins } from '../stage.js';
import { everyonePermissions } from '../stand-in/index.js';
import type { Rank } from './protocol.js';

/** Somebody to speak as. */
export interface Role {
  id: string;
  rank: Rank;
}

/** A stage with what the page needs besides. */
export interface Scene {
  stage: Stage;
  partner: Partner;
  /** The campaign's folder. */
  folder: string;
  cast: Role[];
}

const example = 'campaigns/peru-2023';

/** The campaign folders of this package, the example first. */
export function campaignFolders(): string[] {
  const names = readdirSync(path.join(packageRoot(), 'campaigns'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `campaigns/${name}`);
  return [example, ...names.filter((name) => name !== example)];
}

/**
 * Raises the curtain: a host's server with a campaign, and a partner's server beside it.
 *
 * @param folder - The campaign's folder, from the package or from where the rehearsal was started
 * @param forPlay - As the scripted day wants it: early on 19 July 2023, roles not yet told to Minga
 * @throws Error with all that is wrong with the folder
 */
export async function aScene(folder = example, forPlay = false): Promise<Scene> {
  // A folder that is wrong says so before anything is built for it.
  readCampaignFolder(placeOf(folder));
  const stage = await aStage({
    campaign: placeOf(folder),
    begins: forPlay ? '2023-07-19T13:00:00Z' : beginning(folder),
    unset: forPlay,
    // Somebody may look at a "thinking…" for as long as Discord would show it.
    waitLimit: 15 * 60_000,
  });
  const { discord, server, ada, ana, ben, luz, stranger, organizers, roles } = stage;
  const partner = aPartner(discord);
  // In the play everybody acts everywhere.
  if (!forPlay) {
    organizers.setOverwrites([
      { of: server.everyone, deny: everyonePermissions },
      ...[roles.organizers, ada, ...(server.botRole ? [server.botRole] : [])].map((of) => ({
        of,
        allow: everyonePermissions,
      })),
    ]);
  }
  return {
    stage,
    partner,
    folder,
    cast: [
      { id: ada.id, rank: 'administrator' },
      { id: ana.id, rank: 'organizer' },
      { id: ben.id, rank: 'member' },
      { id: luz.id, rank: 'member' },
      { id: partner.pat.id, rank: 'partner' },
      { id: stranger.id, rank: 'stranger' },
    ],
  };
}

/** The example was under way in July 2023; what others bring begins today. */
function beginning(folder: string): string {
  return folder === example ? stageBegins : new Date().toISOString();
}

function placeOf(folder: string): string {
  const ours = path.join(packageRoot(), folder);
  return existsSync(ours) ? ours : path.resolve(folder);
}
