import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languages } from './languages.ts';

const KEY = 'brigade-language';
const codes = Object.keys(languages);
const chosen = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);

void i18next.use(initReactI18next).init({
  lng: codes.includes(chosen) ? chosen : 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(
    Object.entries(languages).map(([code, { messages }]) => [code, { translation: messages }]),
  ),
  interpolation: { escapeValue: false },
});
document.documentElement.lang = i18next.language;
i18next.on('languageChanged', (language) => {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
});
