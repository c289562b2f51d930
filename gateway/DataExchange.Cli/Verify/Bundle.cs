using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>Up to 256 entries that were read and hashed.</summary>
/// <param name="LeafHashes">Their leaf hashes, in order.</param>
/// <param name="TileProblem">What is wrong with the level 0 tile that should hold these hashes, if anything.</param>
internal sealed record Bundle(MerkleHash[] LeafHashes, FindingException? TileProblem);
