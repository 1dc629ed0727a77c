// What goes wrong in a page without anybody seeing it: a journey once passed while the WebAssembly was crashing.
import { expect, type BrowserContext } from '@playwright/test';

export class Problems {
  #found: string[] = [];
  #expected: RegExp[] = [];

  /** Notes errors of every page of `context`. */
  watch(context: BrowserContext) {
    context.on('weberror', (error) => this.#found.push(`error: ${error.error().stack ?? error.error()}`));
    context.on('console', (message) => {
      if (message.type() === 'error') this.#found.push(`console: ${message.text()} (${message.location().url})`);
    });
  }

  /** Chromium reports every answer of 400 and above; a journey says which of them belong to it. */
  expectStatus(...statuses: number[]) {
    this.#expected.push(...statuses.map((status) => new RegExp(`the server responded with a status of ${status}\\b`)));
  }

  /** Other messages that belong to a journey, such as what the browser says of a refused frame. */
  expectText(pattern: RegExp) {
    this.#expected.push(pattern);
  }

  check() {
    const unexpected = this.#found.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
    expect(unexpected, 'errors in the page or its console').toEqual([]);
  }
}
