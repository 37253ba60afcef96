/** Hands files to the browser's own way of saving. @returns the name of the file. */

export function saveText(name: string, type: string, text: string): string {
  return saveBlob(name, new Blob([text], { type }));
}

export function saveBlob(name: string, blob: Blob): string {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}
