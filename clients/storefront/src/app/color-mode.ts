import { create } from 'zustand';

const KEY = 'brigade-color-mode';

/** `system` is what the device prefers. */
export const colorModes = ['system', 'light', 'dark'] as const;
export type ColorMode = (typeof colorModes)[number];

const kept = localStorage.getItem(KEY);

/** How the page is coloured, on this device. */
export const useColorMode = create<{ readonly mode: ColorMode; readonly set: (mode: ColorMode) => void }>((set) => ({
  mode: colorModes.find((mode) => mode === kept) ?? 'system',
  set: (mode) => {
    localStorage.setItem(KEY, mode);
    set({ mode });
  },
}));

const apply = ({ mode }: { mode: ColorMode }) => {
  document.documentElement.dataset.mode = mode;
};
apply(useColorMode.getState());
useColorMode.subscribe(apply);
