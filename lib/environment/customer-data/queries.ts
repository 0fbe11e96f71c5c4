import type { Platform } from '../../config/index.ts';
import type { ExportKind } from './kinds.ts';

/** A SELECT whose column `id` is a number, unique, and never null: the export reads page after page by it. */
export type ExportQueries = Readonly<Record<ExportKind, string>>;

/**
 * What a preset's export holds: what a firm needs to send goods and answer questions. No password, no hash, no token,
 * nothing of a card. The tables are those of EC-CUBE 4.3 (`src/Eccube/Entity`), and of WooCommerce 8.2 and newer with
 * orders in tables of their own
 * (https://developer.woocommerce.com/docs/features/high-performance-order-storage/).
 */
export const presetQueries: Readonly<Record<Exclude<Platform['preset'], 'custom'>, ExportQueries>> = {
  'ec-cube': {
    customers: `
      SELECT c.id, c.name01, c.name02, c.kana01, c.kana02, c.company_name, c.email, c.phone_number, c.postal_code,
        p.name AS prefecture, c.addr01, c.addr02, c.buy_times, c.buy_total, c.last_buy_date, c.create_date
      FROM public.dtb_customer c LEFT JOIN public.mtb_pref p ON p.id = c.pref_id`,
    orders: `
      SELECT o.id, o.order_no, o.order_date, s.name AS status, o.customer_id, o.name01, o.name02, o.email,
        o.phone_number, o.postal_code, p.name AS prefecture, o.addr01, o.addr02, o.payment_method,
        o.delivery_fee_total, o.payment_total, o.payment_date
      FROM public.dtb_order o
        LEFT JOIN public.mtb_pref p ON p.id = o.pref_id
        LEFT JOIN public.mtb_order_status s ON s.id = o.order_status_id`,
  },
  woocommerce: {
    customers: `
      SELECT customer_id AS id, user_id, first_name, last_name, email, country, postcode, state, city,
        date_registered, date_last_active
      FROM wp_wc_customer_lookup`,
    orders: `
      SELECT o.id, o.status, o.date_created_gmt, o.customer_id, o.currency, o.total_amount,
        o.payment_method_title, a.first_name, a.last_name, a.company, a.email, a.phone, a.country, a.postcode,
        a.state, a.city, a.address_1, a.address_2
      FROM wp_wc_orders o LEFT JOIN wp_wc_order_addresses a ON a.order_id = o.id AND a.address_type = 'billing'
      WHERE o.type = 'shop_order'`,
  },
};
