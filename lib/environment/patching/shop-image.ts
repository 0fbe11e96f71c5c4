import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { ShopImages } from './image-store.ts';

/**
 * The image that runs, addressed by its digest (PAT1).
 *
 * The digest is read through an `AWS::SSM::Parameter::Value` template parameter, which CloudFormation fetches anew in
 * every operation on the stack, and for which the CDK never skips a deploy as "unchanged". A `{{resolve:ssm:…}}`
 * reference would be kept as long as its own resource did not change, and the next change of the service would
 * then bring an old image back.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export class ShopImage extends ecs.ContainerImage {
  private readonly images: ShopImages;

  constructor(images: ShopImages) {
    super();
    this.images = images;
  }

  override bind(_scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    const { repository, digestParameterName, loginPolicy } = this.images;
    const executionRole = container.taskDefinition.obtainExecutionRole();
    executionRole.addManagedPolicy(loginPolicy);
    repository.grant(
      executionRole,
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
    );

    const digest = ssm.StringParameter.valueForStringParameter(container, digestParameterName);
    return { imageName: `${repository.repositoryUri}@${digest}` };
  }
}
