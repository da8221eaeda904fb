// What the page itself says, in the person's language.
const WORDS = {
  en: {
    bot: "bot", online: "online", offline: "offline", connecting: "connecting…", typing: "typing", uploading: "sending a file",
    photographing: "sending a photo", menu: "Menu", message: "Message", send: "Send", edited: "edited", forwarded: "Forwarded message",
    start: "START", nothing: "No messages here yet", hint: "Press START to wake the desk.", copied: "Copied", today: "Today",
    yesterday: "Yesterday", pinned: "Pinned message", close: "Close", theme: "Switch light and dark", down: "To the newest message",
    keyboard: "Buttons", photo: "Photo", unsent: "Not sent. Is the demo still running?", commands: "Commands", you: "You", thinking: "Thinking…", stop: "Stop",
    gone: "This button is no longer there.", silent: "The bot has not answered yet.",
  },
  ko: {
    bot: "봇", online: "온라인", offline: "오프라인", connecting: "연결 중…", typing: "입력 중", uploading: "파일 보내는 중",
    photographing: "사진 보내는 중", menu: "메뉴", message: "메시지", send: "보내기", edited: "수정됨", forwarded: "전달된 메시지",
    start: "시작", nothing: "아직 메시지가 없습니다", hint: "시작을 누르면 데스크가 깨어납니다.", copied: "복사했습니다", today: "오늘",
    yesterday: "어제", pinned: "고정된 메시지", close: "닫기", theme: "밝게/어둡게 바꾸기", down: "최신 메시지로",
    keyboard: "버튼", photo: "사진", unsent: "보내지 못했습니다. 데모가 아직 실행 중인가요?", commands: "명령", you: "나", thinking: "생각 중…", stop: "중지",
    gone: "이 버튼은 이제 없습니다.", silent: "봇이 아직 답하지 않았습니다.",
  },
};

let language = "en";

export function speak(code) {
  language = code.slice(0, 2) in WORDS ? code.slice(0, 2) : "en";
  document.documentElement.lang = language;
}

export const say = (word) => WORDS[language][word];

export function clock(date) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
}

// The emulated clock may run ahead of ours, so "today" is only said of a day that is really today.
export function day(date) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000);
  if (days === 0) return say("today");
  if (days === 1) return say("yesterday");
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", weekday: "short", year }).format(date);
}

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
