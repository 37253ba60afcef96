/** Hands files to the browser's own way of saving. */

export function saveText(name: string, type: string, text: string): string {
  return saveBlob(name, new Blob([text], { type }));
}

/** A picture of twice the size, for slides. @returns the name of the file. */
export async function saveCanvas(name: string, svg: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width * 2, image.height * 2);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return saveBlob(name, await canvas.convertToBlob({ type: 'image/png' }));
}

function saveBlob(name: string, blob: Blob): string {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return name;
}
