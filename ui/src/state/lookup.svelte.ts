import { HostError } from '../host/host';

/**
 * The answer to a question that changes as somebody types. A pause in typing sends it; an answer
 * to an older question is dropped; the last good answer stays until the next one.
 */
export class Lookup<Question, Answer> {
  answer = $state.raw<Answer | undefined>(undefined);
  error = $state.raw<HostError | undefined>(undefined);
  busy = $state(false);

  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly pauseMs = 0,
    private readonly onanswer: (answer: Answer) => void = () => {},
  ) {}

  /** Asks after the pause, or at once when there is none. */
  send(question: Question): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.busy = true;
    if (this.pauseMs === 0) void this.#run(turn, question);
    else this.#timer = setTimeout(() => void this.#run(turn, question), this.pauseMs);
  }

  /** Forgets question and answer. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.answer = undefined;
    this.error = undefined;
    this.busy = false;
  }

  async #run(turn: number, question: Question): Promise<void> {
    let outcome: { answer: Answer } | { error: HostError };
    try {
      outcome = { answer: await this.ask(question) };
    } catch (cause) {
      outcome = { error: HostError.from(cause) };
    }
    if (turn !== this.#turn) return;
    this.busy = false;
    if ('answer' in outcome) {
      this.answer = outcome.answer;
      this.error = undefined;
      this.onanswer(outcome.answer);
    } else {
      this.error = outcome.error;
    }
  }
}
