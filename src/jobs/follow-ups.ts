// Tells organizers whom to ask again, on the day that was set for it.
import { tellFollowUps } from '../coalition/follow-up.js';
import type { Job } from './index.js';

export const remindOfFollowUps: Job = ({ database }, _client, now) => tellFollowUps(database, now);
