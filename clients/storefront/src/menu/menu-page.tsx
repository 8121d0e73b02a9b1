import type { DietaryTag } from '@brigade/graphql';
import { useDeferredValue, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { BasketBar } from '../basket/basket-bar.tsx';
import { BasketPanel } from '../basket/basket-panel.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { ListState } from '../parts/list-state.tsx';
import '../styles/menu.css';
import { DishCard } from './dish-card.tsx';
import { MenuFilter } from './menu-filter.tsx';
import { sectionsOf } from './menu-sections.ts';
import { useMenu } from './use-menu.ts';

/** Marks addresses that this page has written itself. */
const TYPED = 'typed';

/** What there is to eat, by category, beside the basket. */
export function MenuPage() {
  const { t } = useText();
  const { dishes, categories, isLoading, hasFailed, retry } = useMenu();
  usePageTitle(t('nav.menu'));
  const [params, setParams] = useSearchParams();
  const asked = params.get('q') ?? '';
  // The address follows the words a little later: kept in it alone, letters that are typed fast would be lost.
  const [search, setSearch] = useState(asked);
  const [seen, setSeen] = useState(asked);
  const { state } = useLocation();
  if (seen !== asked) {
    setSeen(asked);
    if (state !== TYPED) setSearch(asked);
  }
  const chosen = params.get('tags') ?? '';
  const tags = useMemo(() => chosen.split(',').filter(Boolean) as DietaryTag[], [chosen]);
  const wanted = useDeferredValue(search);
  const sections = useMemo(() => sectionsOf(dishes ?? [], { search: wanted, tags }), [dishes, wanted, tags]);
  const descriptions = new Map(categories.map(({ id, description }) => [id, description]));
  const wish = (next: { search: string; tags: readonly DietaryTag[] }) => {
    const wishes = { ...(next.search && { q: next.search }), ...(next.tags.length > 0 && { tags: next.tags.join() }) };
    setSearch(next.search);
    setParams(wishes, { replace: true, preventScrollReset: true, state: TYPED });
  };
  return (
    <div className="page menu-page">
      <div className="menu-main">
        <section className="hero">
          <h1>{t('menu.title')}</h1>
          <p>{t('menu.lead')}</p>
        </section>
        <MenuFilter search={search} tags={tags} onChange={wish} />
        <p className="visually-hidden" role="status">
          {dishes && t('menu.found', { count: sections.reduce((sum, section) => sum + section.dishes.length, 0) })}
        </p>
        <ListState
          isLoading={isLoading}
          hasFailed={hasFailed}
          isEmpty={sections.length === 0}
          empty={dishes?.length ? t('menu.noMatch') : t('menu.none')}
          skeleton={<MenuSkeleton />}
          onRetry={retry}
        >
          {sections.map((section) => (
            <section key={section.id} className="menu-section" aria-labelledby={`category-${section.id}`}>
              <h2 id={`category-${section.id}`}>{section.name}</h2>
              <p className="soft">{descriptions.get(section.id)}</p>
              <ul className="dishes">
                {section.dishes.map((dish) => (
                  <DishCard key={dish.id} dish={dish} />
                ))}
              </ul>
            </section>
          ))}
        </ListState>
      </div>
      <aside className="menu-side" aria-label={t('basket.title')}>
        <BasketPanel menu={dishes} />
      </aside>
      <BasketBar menu={dishes} />
    </div>
  );
}

function MenuSkeleton() {
  return (
    <div className="dishes menu-section">
      {Array.from({ length: 6 }, (_nothing, index) => (
        <div key={index} className="dish skeleton" />
      ))}
    </div>
  );
}
