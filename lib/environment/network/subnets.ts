/** Reach the Internet through the NAT gateway and the DNS firewall: tasks, functions, load balancer. */
export const appSubnets = 'app';
/** Reach nothing outside the VPC: database and media. */
export const dataSubnets = 'data';
