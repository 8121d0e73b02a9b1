import type { DietaryTag } from '@brigade/graphql';
import { useText } from '../i18n/use-text.ts';
import type { Wish } from './menu-sections.ts';

const offered: readonly DietaryTag[] = ['VEGETARIAN', 'VEGAN', 'GLUTEN_FREE', 'DAIRY_FREE', 'HALAL', 'SPICY'];

interface MenuFilterProps extends Wish {
  readonly onChange: (wish: Wish) => void;
}

/** Looks for words and for what suits a diet. */
export function MenuFilter({ search, tags, onChange }: MenuFilterProps) {
  const { t } = useText();
  const toggled = (tag: DietaryTag) => (tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]);
  return (
    <search className="menu-filter">
      <input
        type="search"
        aria-label={t('menu.search')}
        placeholder={t('menu.search')}
        value={search}
        maxLength={100}
        onChange={({ target }) => onChange({ search: target.value, tags })}
      />
      <div className="chips" role="group" aria-label={t('menu.diet')}>
        {offered.map((tag) => (
          <button
            key={tag}
            type="button"
            className="chip"
            aria-pressed={tags.includes(tag)}
            onClick={() => onChange({ search, tags: toggled(tag) })}
          >
            {t(`tags.${tag}`)}
          </button>
        ))}
      </div>
    </search>
  );
}
