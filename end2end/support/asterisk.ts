// The manager interface of an Asterisk 23, as far as it was recorded from a running one; the secret is `s3cret`.
import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';

const challenge = '198646197';

export type Asterisk = {
  /** Host and port. */
  address: string;
  /** Says how the phones of an extension stand: 0 no call, 1 on a call, 4 not signed in, 8 ringing. */
  says: (extension: string, status: number) => void;
  /** What it was told of members, the oldest first: `301 true`. */
  pauses: string[];
  stop: () => Promise<void>;
};

const block = (values: Record<string, string | number>) =>
  `${Object.entries(values).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;

export async function startAsterisk(): Promise<Asterisk> {
  const phones = new Map<string, number>();
  const listening = new Set<Socket>();
  const pauses: string[] = [];
  const status = (extension: string, more: Record<string, string>) =>
    block({
      Event: 'ExtensionStatus',
      ...more,
      Exten: extension,
      Context: 'staffroom-hints',
      Hint: `PJSIP/${extension}`,
      Status: phones.get(extension)!,
      StatusText: 'Idle',
    });

  const answer = (action: Record<string, string>, socket: Socket) => {
    const id: Record<string, string> = action.ActionID ? { ActionID: action.ActionID } : {};
    const success = (more: Record<string, string>) => socket.write(block({ Response: 'Success', ...id, ...more }));
    switch (action.Action) {
      case 'Challenge':
        return success({ Challenge: challenge });
      case 'Login': {
        const key = createHash('md5').update(`${challenge}s3cret`).digest('hex');
        if (action.Key !== key) return socket.end(block({ Response: 'Error', ...id, Message: 'Authentication failed' }));
        listening.add(socket);
        return success({ Message: 'Authentication accepted' });
      }
      case 'ExtensionStateList':
        success({ EventList: 'start', Message: 'Extension Statuses will follow' });
        for (const extension of phones.keys()) socket.write(status(extension, id));
        return socket.write(block({ Event: 'ExtensionStateListComplete', ...id, EventList: 'Complete', ListItems: phones.size }));
      case 'QueueStatus':
        success({ EventList: 'start', Message: 'Queue status will follow' });
        return socket.write(block({ Event: 'QueueStatusComplete', ...id, EventList: 'Complete', ListItems: 0 }));
      case 'QueuePause':
        pauses.push(`${/^Local\/(\d+)@staffroom-member\/n$/.exec(action.Interface!)![1]} ${action.Paused}`);
        return success({ Message: 'Interface paused successfully' });
      default:
        return success({ Ping: 'Pong' });
    }
  };

  const server = createServer((socket) => {
    socket.write('Asterisk Call Manager/12.0.0\r\n');
    socket.on('error', () => undefined).on('close', () => listening.delete(socket));
    let said = '';
    socket.setEncoding('utf8').on('data', (text) => {
      const actions = (said + text).split('\r\n\r\n');
      said = actions.pop()!;
      for (const action of actions) {
        const pairs = action.split('\r\n').map((line) => line.split(': ', 2));
        answer(Object.fromEntries(pairs) as Record<string, string>, socket);
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pauses,
    says: (extension, now) => {
      phones.set(extension, now);
      for (const socket of listening) socket.write(status(extension, { Privilege: 'call,all' }));
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        for (const socket of listening) socket.destroy();
      }),
  };
}
