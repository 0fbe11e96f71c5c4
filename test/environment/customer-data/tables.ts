/** The tables that the presets' exports read, as the shops' own installers make them, with rows of theirs. */
const formula = `=HYPERLINK("https://evil.example","x")`;

export const tables = {
  'ec-cube': [
    `CREATE TABLE public.mtb_pref (id smallint PRIMARY KEY, name varchar(255) NOT NULL)`,
    `CREATE TABLE public.mtb_order_status (id smallint PRIMARY KEY, name varchar(255) NOT NULL)`,
    `CREATE TABLE public.dtb_customer (id serial PRIMARY KEY, pref_id smallint, name01 varchar(255), name02 varchar(255),
      kana01 varchar(255), kana02 varchar(255), company_name varchar(255), email varchar(255), phone_number varchar(14),
      postal_code varchar(8), addr01 varchar(255), addr02 varchar(255), password varchar(255), salt varchar(255),
      buy_times numeric(10,0), buy_total numeric(12,2), last_buy_date timestamptz, create_date timestamptz)`,
    `CREATE TABLE public.dtb_order (id serial PRIMARY KEY, order_no varchar(255), order_date timestamptz,
      order_status_id smallint, customer_id integer, name01 varchar(255), name02 varchar(255), email varchar(255),
      phone_number varchar(14), postal_code varchar(8), pref_id smallint, addr01 varchar(255), addr02 varchar(255),
      payment_method varchar(255), delivery_fee_total numeric(12,2), payment_total numeric(12,2), payment_date timestamptz)`,
    `INSERT INTO public.mtb_pref VALUES (13, '東京都')`,
    `INSERT INTO public.mtb_order_status VALUES (1, '新規受付')`,
    `INSERT INTO public.dtb_customer (pref_id, name01, email, password, create_date)
      SELECT 13, '花子', 'customer' || n || '@example.com', 'hash-of-a-password', now() FROM generate_series(1, 4500) n`,
    `INSERT INTO public.dtb_customer (name01, email) VALUES ('${formula}', 'hana@example.com')`,
    `INSERT INTO public.dtb_order (order_no, order_status_id, pref_id, addr01, payment_total)
      VALUES ('1', 1, 13, 'Chiyoda', 1200), ('2', 1, 13, 'Chiyoda', -300)`,
    `CREATE SEQUENCE public.counter`,
    `CREATE ROLE shop LOGIN PASSWORD 'shop-Password-of-the-test-1'`,
    `GRANT ALL ON ALL TABLES IN SCHEMA public TO shop`,
    `GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO shop`,
  ],
  woocommerce: [
    `CREATE TABLE wp_wc_customer_lookup (customer_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
      user_id bigint unsigned, username varchar(60) NOT NULL DEFAULT '', first_name varchar(255) NOT NULL,
      last_name varchar(255) NOT NULL, email varchar(100), date_last_active timestamp NULL, date_registered timestamp NULL,
      country char(2) NOT NULL DEFAULT '', postcode varchar(20) NOT NULL DEFAULT '', city varchar(100) NOT NULL DEFAULT '',
      state varchar(100) NOT NULL DEFAULT '')`,
    `CREATE TABLE wp_users (ID bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, user_pass varchar(255))`,
    `CREATE TABLE wp_wc_orders (id bigint unsigned PRIMARY KEY, status varchar(20), currency varchar(10), type varchar(20),
      total_amount decimal(26,8), customer_id bigint unsigned, billing_email varchar(320), date_created_gmt datetime,
      payment_method_title text)`,
    `CREATE TABLE wp_wc_order_addresses (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned,
      address_type varchar(20), first_name text, last_name text, company text, address_1 text, address_2 text, city text,
      state text, postcode text, country text, email varchar(320), phone varchar(100))`,
    `INSERT INTO wp_users (user_pass) VALUES ('hash-of-a-password')`,
    `INSERT INTO wp_wc_customer_lookup (first_name, last_name, email)
      SELECT '花子', '山田', CONCAT('customer', seq, '@example.com') FROM seq_1_to_4500`,
    `INSERT INTO wp_wc_customer_lookup (first_name, last_name, email) VALUES ('${formula}', '', 'hana@example.com')`,
    `INSERT INTO wp_wc_orders (id, status, type, total_amount)
      VALUES (10, 'wc-processing', 'shop_order', 1200), (11, 'wc-completed', 'shop_order', 300),
        (12, 'wc-completed', 'shop_order_refund', -300)`,
    `INSERT INTO wp_wc_order_addresses (order_id, address_type, city)
      VALUES (10, 'billing', 'Chiyoda'), (10, 'shipping', 'Minato'), (11, 'billing', 'Chiyoda')`,
    `CREATE SEQUENCE counter`,
    `CREATE USER shop@'%' IDENTIFIED BY 'shop-Password-of-the-test-1'`,
    `GRANT ALL ON wordpress.* TO shop@'%'`,
  ],
} as const;

/** Queries that would write, were they let. */
export const writing = {
  'ec-cube': `SELECT nextval('public.counter') AS id`,
  woocommerce: 'SELECT NEXT VALUE FOR counter AS id',
} as const;
