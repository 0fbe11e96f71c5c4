import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { declareDataClass } from '../../declarations/declare.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import { releasedTagPrefix } from './image-tags.ts';

/** What the storefront needs to run the shop's image. */
export interface ShopImages {
  /** The images that passed the gate. */
  readonly repository: ecr.IRepository;
  /** SSM parameter that names the image that runs. Written by the pipeline alone; no stack owns it. */
  readonly digestParameterName: string;
  /** Lets a role log in to the registry. What it may then pull or push is said per role. */
  readonly loginPolicy: iam.IManagedPolicy;
}

/** What the pipeline needs besides. */
export interface PipelineImages extends ShopImages {
  /** Where builds push, and nothing runs from. */
  readonly candidates: ecr.IRepository;
}

export interface ImageStoreProps extends RetentionProps {
  readonly key: kms.IKey;
  readonly digestParameterName: string;
  readonly loginPolicy: iam.IManagedPolicy;
}

/**
 * Where the shop's images are kept (PAT1): tags never move, and every push is scanned. What was only built lies apart, so
 * that a build gone bad can neither give an image a name nor make the registry forget one. Costs 0.10 USD per GB and
 * month.
 */
export class ImageStore extends Construct implements PipelineImages {
  readonly repository: ecr.Repository;
  readonly candidates: ecr.Repository;
  readonly digestParameterName: string;
  readonly loginPolicy: iam.IManagedPolicy;

  constructor(scope: Construct, id: string, props: ImageStoreProps) {
    super(scope, id);
    this.digestParameterName = props.digestParameterName;
    this.loginPolicy = props.loginPolicy;

    this.repository = this.store('Repository', props, [
      {
        // An image that a rule of higher priority looks after is never expired by a later one.
        description: 'Keep the last released images, the running one and those to go back to',
        rulePriority: 1,
        tagPrefixList: [releasedTagPrefix],
        maxImageCount: 20,
      },
      {
        description: 'Forget images that were never released',
        rulePriority: 2,
        tagStatus: ecr.TagStatus.ANY,
        maxImageAge: Duration.days(30),
      },
    ]);
    this.candidates = this.store('Candidates', props, [
      {
        description: 'Forget what was built, once a person had the time to look at what was refused',
        tagStatus: ecr.TagStatus.ANY,
        maxImageAge: Duration.days(14),
      },
    ]);
  }

  private store(id: string, props: ImageStoreProps, lifecycleRules: ecr.LifecycleRule[]): ecr.Repository {
    const repository = new ecr.Repository(this, id, {
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey: props.key,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      removalPolicy: RemovalPolicy.DESTROY,
      // A first deploy that fails after its first image leaves none behind. The library takes it with DESTROY only.
      emptyOnDelete: true,
      lifecycleRules,
    });
    repository.applyRemovalPolicy(removalPolicyOf(props));
    declareDataClass(repository, 'images');
    return repository;
  }
}
