import { useText } from '../i18n/use-text.ts';
import { languages } from '../i18n/languages.ts';
import { colorModes, useColorMode, type ColorMode } from './color-mode.ts';

/** How the storefront looks, and in which language it speaks. */
export function Preferences() {
  const { t, i18n } = useText();
  const { mode, set } = useColorMode();
  return (
    <div className="preferences">
      <select aria-label={t('preferences.mode')} value={mode} onChange={({ target }) => set(target.value as ColorMode)}>
        {colorModes.map((one) => (
          <option key={one} value={one}>
            {t(`preferences.modes.${one}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('preferences.language')}
        value={i18n.resolvedLanguage ?? 'en'}
        onChange={({ target }) => void i18n.changeLanguage(target.value)}
      >
        {Object.entries(languages).map(([code, { title }]) => (
          <option key={code} value={code} lang={code}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
