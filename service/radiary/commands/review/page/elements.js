// Elements of the page, and what it says in the language of the terminal that `radiary review` was typed on.
export const element = (name, properties = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key in made && !key.startsWith("aria")) made[key] = value; else made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
};
const { code, messages } = await (await fetch("words")).json();
const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
export const spoken = (message, values = {}) => filled(messages[message] || message, values);
// What depends on a number, which stands in it as `number`.
export const counted = (one, many, number, values = {}) => {
  const isMany = code === "fr" ? number > 1 : number !== 1;
  return filled((messages[one] || [one, many])[Number(isMany)], { number, ...values });
};
