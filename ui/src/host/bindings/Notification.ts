import type { NotificationChannel } from "./NotificationChannel";
import type { NotificationState } from "./NotificationState";
export type Notification = { id: string, call_id: string, username: string | null, test: boolean, channel: NotificationChannel, recipient: string, tier: number, correction: boolean, state: NotificationState, attempts: number, made_at: string, next_at: string | null, done_at: string | null, error: string | null, };
