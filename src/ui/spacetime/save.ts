/** Pictures for the browser's own way of saving. */
import { saveBlob } from '../parts/save-file.ts';

/** A picture of twice the size, for slides. @returns the name of the file. */
export async function saveCanvas(name: string, svg: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width * 2, image.height * 2);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return saveBlob(name, await canvas.convertToBlob({ type: 'image/png' }));
}
