using System.Net;
using System.Net.Http.Headers;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Logs;

public sealed class LogEndpointTests(SharedGateway shared) : GatewayTest(shared)
{
    [Theory]
    [InlineData("access")]
    [InlineData("governance")]
    public async Task The_checkpoint_is_signed_by_the_key_that_is_served(string log)
    {
        using var response = await Client.GetAsync($"/log/{log}/checkpoint", Cancelled);
        var vkey = await Client.GetStringAsync($"/log/{log}/vkey", Cancelled);

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.True(NoteVerifier.TryParse(vkey.TrimEnd(), out var verifier));
        Assert.True(Checkpoint.TryOpen(await response.Content.ReadAsStringAsync(Cancelled), verifier, out var checkpoint));
        Assert.Equal("demo.example/" + log, checkpoint.Origin);
    }

    [Fact]
    public async Task The_entries_hash_to_the_leaves_and_the_leaves_to_the_root()
    {
        var checkpoint = await CheckpointAsync();
        var range = CompactRange.Empty;
        for (long n = 0; n * TileId.FullWidth < checkpoint.Size; n++)
        {
            var width = TileId.WidthAt(0, n, checkpoint.Size);
            var entries = EntryBundle.Split(await Client.GetByteArrayAsync("/log/governance/" + new TileId(TileId.Entries, n, width).ToPath(), Cancelled));
            var hashes = await Client.GetByteArrayAsync("/log/governance/" + new TileId(0, n, width).ToPath(), Cancelled);
            var leaves = entries.Select(entry => TreeHasher.Leaf(entry.Span)).ToArray();
            Assert.Equal(hashes, leaves.SelectMany(leaf => leaf.ToArray()));
            range = range.Extend(leaves).After;
        }

        Assert.Equal(checkpoint.Root, range.Root());
    }

    [Fact]
    public async Task A_tile_is_immutable_and_its_validator_saves_the_transfer()
    {
        var checkpoint = await CheckpointAsync();
        var path = "/log/governance/" + new TileId(0, 0, TileId.WidthAt(0, 0, checkpoint.Size)).ToPath();
        using var first = await Client.GetAsync(path, Cancelled);
        Assert.Equal("application/octet-stream", first.Content.Headers.ContentType?.ToString());
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var conditional = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await Client.SendAsync(conditional, Cancelled);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);

        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        using var third = await Client.SendAsync(head, Cancelled);
        Assert.Equal(first.Content.Headers.ContentLength, third.Content.Headers.ContentLength);
        Assert.Empty(await third.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("tile/0/x999/999")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/entries/x999/999")]
    [InlineData("tile/")]
    [InlineData("tile")]
    public async Task What_does_not_exist_at_the_published_size_is_not_found(string path)
    {
        using var response = await Client.GetAsync("/log/governance/" + path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(new CacheControlHeaderValue { NoStore = true }, response.Headers.CacheControl);
    }

    [Fact]
    public async Task A_receipt_proves_an_entry_under_the_served_key()
    {
        var entries = EntryBundle.Split(await Client.GetByteArrayAsync(
            "/log/governance/" + new TileId(TileId.Entries, 0, TileId.WidthAt(0, 0, (await CheckpointAsync()).Size)).ToPath(), Cancelled));
        Assert.True(NoteVerifier.TryParse((await Client.GetStringAsync("/log/governance/vkey", Cancelled)).TrimEnd(), out var verifier));

        Assert.True(TlogProof.TryParse(await Client.GetStringAsync("/v1/receipts/governance/3", Cancelled), out var proof));

        Assert.Equal(3, proof.Index);
        Assert.True(proof.Verify(TreeHasher.Leaf(entries[3].Span), verifier, out _));
        Assert.False(proof.Verify(TreeHasher.Leaf(entries[4].Span), verifier, out _));
    }

    private async Task<Checkpoint> CheckpointAsync()
    {
        Assert.True(NoteVerifier.TryParse((await Client.GetStringAsync("/log/governance/vkey", Cancelled)).TrimEnd(), out var verifier));
        Assert.True(Checkpoint.TryOpen(await Client.GetStringAsync("/log/governance/checkpoint", Cancelled), verifier, out var checkpoint));
        return checkpoint;
    }
}
