import { Duration } from 'aws-cdk-lib';

/**
 * How long each side of a connection waits. Whoever reuses a connection must give it up before the other side closes
 * it, or the request that crosses the closing is answered with 502: CloudFront before the load balancer, the load
 * balancer before the shop's web server (the presets' images close it after every answer).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout
 */
export const originTimeouts = {
  /** CloudFront keeps an unused connection to the load balancer. */
  keepAlive: Duration.seconds(50),
  /** The load balancer keeps a connection on which nothing moves, to either side. */
  idle: Duration.seconds(65),
  /** CloudFront waits for an answer, which the load balancer must not cut short. */
  answer: Duration.seconds(60),
} as const;
