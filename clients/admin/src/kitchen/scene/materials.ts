import { BoxGeometry, CylinderGeometry, MeshStandardMaterial, PlaneGeometry } from 'three';

/** Shared by everything that looks alike: one upload, one program. */
export const steel = new MeshStandardMaterial({ color: '#b9bfc4', metalness: 0.25, roughness: 0.45 });
export const darkSteel = new MeshStandardMaterial({ color: '#4a4f55', metalness: 0.3, roughness: 0.5 });
export const iron = new MeshStandardMaterial({ color: '#24272b', metalness: 0.2, roughness: 0.7 });
export const wood = new MeshStandardMaterial({ color: '#b98a56', roughness: 0.8 });
export const enamel = new MeshStandardMaterial({ color: '#e8e4da', roughness: 0.6 });

export const box = new BoxGeometry(1, 1, 1);
export const plane = new PlaneGeometry(1, 1);
export const disc = new CylinderGeometry(0.5, 0.5, 1, 24);
