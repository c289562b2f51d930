using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Merkle;

/// <summary>
/// SHA-256 (FIPS 180-4) of eight short messages side by side, one in each lane of a vector. A log hashes thousands of leaves and nodes
/// of two blocks each, and there the system's library spends most of its time on making and freeing its state; eight at a time cost a
/// seventh. The library stays the reference: the tests hold every length and lane against it, and single hashes go there.
/// </summary>
internal static class Sha256Lanes
{
    /// <summary>Messages in one go.</summary>
    public const int Count = 8;

    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = 64;

    // A message ends in a one bit and its length in 64 bits.
    private const int Padding = 1 + sizeof(ulong);

    private const int Rounds = 64;
    private const int Words = 16;

    private static ReadOnlySpan<uint> Start =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Whether lanes are faster here than one message after the other.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>Blocks that a message of so many bytes takes with its padding.</summary>
    public static int BlocksOf(int length) => (length + Padding + BlockSize - 1) / BlockSize;

    /// <summary>Ends a message: what stands behind its length in whole blocks is overwritten.</summary>
    public static void Pad(Span<byte> blocks, int length)
    {
        blocks[length..].Clear();
        blocks[length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^sizeof(ulong)..], (ulong)length * 8);
    }

    /// <summary>Hashes <see cref="Count"/> padded messages of as many blocks each.</summary>
    /// <param name="messages">One message after the other, padded by <see cref="Pad"/>.</param>
    /// <param name="digests">Receives a digest a message; may be shorter, then the last lanes are not wanted.</param>
    public static void Hash(ReadOnlySpan<byte> messages, Span<MerkleHash> digests)
    {
        var length = messages.Length / Count;
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[Start.Length];
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = Vector256.Create(Start[i]);
        }

        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Words];
        for (var block = 0; block < length; block += BlockSize)
        {
            for (var i = 0; i < Words; i++)
            {
                words[i] = Load(messages[(block + (i * sizeof(uint)))..], length);
            }

            Compress(state, words);
        }

        Store(state, digests);
    }

    /// <summary>The word at the same place of every message.</summary>
    private static Vector256<uint> Load(ReadOnlySpan<byte> from, int length) => Vector256.Create(
        Word(from), Word(from[length..]), Word(from[(2 * length)..]), Word(from[(3 * length)..]),
        Word(from[(4 * length)..]), Word(from[(5 * length)..]), Word(from[(6 * length)..]), Word(from[(7 * length)..]));

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    // The names and the order of the standard, §6.2.2.
    private static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> w)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var t = 0; t < Rounds; t++)
        {
            if (t >= Words)
            {
                w[t % Words] += LowerSigma1(w[(t - 2) % Words]) + w[(t - 7) % Words] + LowerSigma0(w[(t - 15) % Words]);
            }

            var t1 = h + UpperSigma1(e) + Choose(e, f, g) + Vector256.Create(Constants[t]) + w[t % Words];
            var t2 = UpperSigma0(a) + Majority(a, b, c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static void Store(ReadOnlySpan<Vector256<uint>> state, Span<MerkleHash> digests)
    {
        Span<byte> digest = stackalloc byte[MerkleHash.Size];
        for (var lane = 0; lane < digests.Length; lane++)
        {
            for (var i = 0; i < state.Length; i++)
            {
                BinaryPrimitives.WriteUInt32BigEndian(digest[(i * sizeof(uint))..], state[i].GetElement(lane));
            }

            digests[lane] = new MerkleHash(digest);
        }
    }

    private static Vector256<uint> Choose(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => Vector256.ConditionalSelect(x, y, z);

    private static Vector256<uint> Majority(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => (x & y) | (z & (x | y));

    private static Vector256<uint> UpperSigma0(Vector256<uint> x) => Rotate(x, 2) ^ Rotate(x, 13) ^ Rotate(x, 22);

    private static Vector256<uint> UpperSigma1(Vector256<uint> x) => Rotate(x, 6) ^ Rotate(x, 11) ^ Rotate(x, 25);

    private static Vector256<uint> LowerSigma0(Vector256<uint> x) => Rotate(x, 7) ^ Rotate(x, 18) ^ (x >>> 3);

    private static Vector256<uint> LowerSigma1(Vector256<uint> x) => Rotate(x, 17) ^ Rotate(x, 19) ^ (x >>> 10);

    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected(Min = 1, Max = 31)] byte right) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, right) : (x >>> right) | (x << (32 - right));
}
