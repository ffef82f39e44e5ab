// Phone numbers of public offices: one way to show them, and what a phone dials.

const american = /^(?:\+?1[-. ]*)?\(?(\d{3})\)?[-. ]*(\d{3})[-. ]*(\d{4})$/;

/** A phone number as it is shown: '(202) 555-0142' for one of ten digits however it is written, others as they are. */
export function phoneShown(written: string): string {
  return written.trim().replace(american, '($1) $2-$3');
}

/** What a phone dials: '+12025550142'; undefined where the country is not known. */
export function phoneDialed(written: string): string | undefined {
  const parts = american.exec(written.trim());
  if (parts) return `+1${parts.slice(1).join('')}`;
  const digits = written.replace(/\D/g, '');
  return written.trim().startsWith('+') && digits.length >= 7 && digits.length <= 15
    ? `+${digits}`
    : undefined;
}
