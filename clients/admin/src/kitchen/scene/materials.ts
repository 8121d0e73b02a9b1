import { BoxGeometry, CylinderGeometry, MeshLambertMaterial, PlaneGeometry } from 'three';

/** Shared by everything that looks alike: one upload, one program. Diffuse only: it has to draw without a GPU too. */
export const steel = new MeshLambertMaterial({ color: '#b9bfc4' });
export const darkSteel = new MeshLambertMaterial({ color: '#4a4f55' });
export const iron = new MeshLambertMaterial({ color: '#24272b' });
export const wood = new MeshLambertMaterial({ color: '#b98a56' });
export const enamel = new MeshLambertMaterial({ color: '#e8e4da' });

export const box = new BoxGeometry(1, 1, 1);
export const plane = new PlaneGeometry(1, 1);
export const disc = new CylinderGeometry(0.5, 0.5, 1, 24);
