// Small pieces of the page, built without a template language.
export const $ = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  const { dataset, ...rest } = properties;
  Object.assign(made, rest);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const PATHS = {
  ticks: ["0 0 20 12", "m1 6.5 4 4L13 2M8.5 9.500l1 1L18 2"],
  link: ["0 0 12 12", "M3 9 9 3M4 3h5v5"],
  copy: ["0 0 12 12", "M4 4h7v7H4zM8 4V1H1v7h3"],
  sheet: ["0 0 24 24", "M7 3h7l5 5v13H7zM14 3v5h5M10 13h6M10 17h6"],
};

export function icon(name, className = "") {
  const [viewBox, path] = PATHS[name];
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="${viewBox}" aria-hidden="true"><path d="${path}"/></svg>`;
  const drawn = holder.content.firstElementChild;
  if (className) drawn.classList.add(className);
  return drawn;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
