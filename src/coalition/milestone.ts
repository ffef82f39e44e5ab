// The ladder of milestones: 100, 200, 500, 1,000, 2,000, 5,000, … and the goal itself.

/** The milestones up to a total, lowest first. */
export function milestonesUpTo(total: number, goal: number): number[] {
  const ladder: number[] = [];
  for (let decade = 100; decade <= total; decade *= 10) ladder.push(decade, 2 * decade, 5 * decade);
  const reached = [...new Set([...ladder, goal])].filter((step) => step <= total);
  return reached.sort((a, b) => a - b);
}

/** The highest milestone that a total has reached; 0 below the first. */
export function latestMilestone(total: number, goal: number): number {
  return milestonesUpTo(total, goal).at(-1) ?? 0;
}

/** Of the milestones passed between two, the one to speak of: the goal before all others. */
export function milestoneBetween(before: number, reached: number, goal: number): number {
  return before < goal && goal <= reached ? goal : reached;
}
