using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>Up to 256 entries that were read and hashed.</summary>
/// <param name="Root">The root over the leaf hashes of a full bundle.</param>
/// <param name="LeafHashes">The leaf hashes of a bundle that is not full, or that was asked for; otherwise null.</param>
/// <param name="TileProblem">What is wrong with the level 0 tile that should hold these hashes, if anything.</param>
internal readonly record struct HashedBundle(MerkleHash Root, MerkleHash[]? LeafHashes, FindingException? TileProblem);
