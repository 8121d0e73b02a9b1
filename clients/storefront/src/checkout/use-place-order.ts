import { useMutation } from '@apollo/client/react';
import { CheckOutDocument } from '@brigade/graphql';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { session } from '../app/services.ts';
import { basket } from '../basket/use-basket.ts';
import { CheckoutAttempts, type OrderContent } from './checkout-attempt.ts';
import { keepAddress } from './kept-address.ts';
import { refusalOf, type Refusal } from './refusal.ts';

const attempts = new CheckoutAttempts({ storage: localStorage, newKey: () => crypto.randomUUID() });

/** Places an order once, however often it is pressed. @param onDishesGone the menu is not what it was */
export function usePlaceOrder(onDishesGone: () => void) {
  const [checkOut] = useMutation(CheckOutDocument);
  const navigate = useNavigate();
  const underWay = useRef(false);
  const [isPlacing, setIsPlacing] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const place = async (content: OrderContent) => {
    if (underWay.current) return;
    underWay.current = true;
    setIsPlacing(true);
    setRefusal(undefined);
    try {
      const { customerId: _who, lines, ...rest } = content;
      keepAddress(content.deliveryAddress);
      const portions = lines.map(({ dishId, quantity }) => ({ dishId, quantity }));
      const input = { ...rest, lines: portions, idempotencyKey: attempts.keyFor(content) };
      const { data } = await checkOut({ variables: { input } });
      if (!data) throw new Error('the answer has no order');
      attempts.end();
      basket.getState().clear();
      await navigate(`/orders/${data.placeOrder.order.id}`);
    } catch (error) {
      const why = refusalOf(error);
      if (why.at === 'order' && why.reason === 'conflict') attempts.end();
      if (why.at === 'session') session.set(undefined);
      if (why.at === 'basket') onDishesGone();
      setRefusal(why);
    } finally {
      underWay.current = false;
      setIsPlacing(false);
    }
  };
  return { place, isPlacing, refusal };
}
