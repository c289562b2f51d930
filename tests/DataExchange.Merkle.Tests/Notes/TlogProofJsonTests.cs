using System.Buffers;
using System.Text.Json;
using CsCheck;

namespace DataExchange.Merkle.Tests.Notes;

public class TlogProofJsonTests
{
    private static readonly Gen<MerkleHash> Hash = Gen.Byte.Array[MerkleHash.Size].Select(bytes => new MerkleHash(bytes));

    [Fact]
    public void Parser_reads_back_the_proofs_text() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Hash.Array[0, TreeExtension.MaxProof]).Sample((index, hashes) =>
        {
            var note = new Checkpoint(Keys.Origin, 7, hashes.FirstOrDefault()).Sign(Keys.Log);
            Assert.Equal(new TlogProof(index, hashes, note).ToText(), Read(note, index, hashes));
        });

    [Fact]
    public void Note_of_any_text_is_escaped() =>
        Gen.String.Where(text => System.Text.Unicode.Utf8.IsValid(System.Text.Encoding.UTF8.GetBytes(text)) && !text.Any(char.IsSurrogate))
            .Sample(note => Assert.Equal(new TlogProof(1, [], note).ToText(), Read(note, 1, [])));

    private static string? Read(string note, long index, MerkleHash[] hashes)
    {
        var output = new ArrayBufferWriter<byte>();
        new TlogProofJson(note).Write(output, index, hashes);
        return JsonSerializer.Deserialize<string>(output.WrittenSpan);
    }
}
