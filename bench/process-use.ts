import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** What a process uses, as Linux tells it: resident memory in MB, and seconds of processor time since its start. */
export function useOf(pid: number): { readonly memoryMb: number; readonly cpuSeconds: number } {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  // The program's name stands in brackets and may hold spaces; user and system time are the 12th and 13th after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    memoryMb: Number(kilobytes) / 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  };
}
