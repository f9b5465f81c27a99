import type { Notification } from "./Notification";
export type Notifications = { waiting: number, sent: number, dead: number, notifications: Array<Notification>, };
