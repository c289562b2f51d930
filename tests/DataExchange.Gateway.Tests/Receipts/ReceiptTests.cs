using System.Net;
using System.Text.Json;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Receipts;

public sealed class ReceiptTests(SharedGateway shared) : GatewayTest(shared)
{
    [Fact]
    public async Task A_cose_receipt_verifies_here_and_with_a_verifier_that_shares_no_code()
    {
        var (leaf, index) = await ReleaseAsync();
        var vkey = (await Client.GetStringAsync("/log/access/vkey", Cancelled)).TrimEnd();
        using var response = await ReadAsync($"/v1/receipts/access/{index}", "application/cose");
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancelled);

        Assert.Equal("application/cose; cose-type=\"cose-sign1\"", response.Content.Headers.ContentType?.ToString());
        Assert.True(NoteVerifier.TryParse(vkey, out var log));
        Assert.True(CoseReceipt.TryDecode(bytes, out var receipt));
        Assert.True(receipt.Verify(TreeHasher.Leaf(leaf), log));

        var folder = Directory.CreateTempSubdirectory("cose-").FullName;
        var (receiptFile, leafFile) = (Path.Combine(folder, "receipt"), Path.Combine(folder, "leaf"));
        await File.WriteAllBytesAsync(receiptFile, bytes, Cancelled);
        await File.WriteAllBytesAsync(leafFile, leaf, Cancelled);
        var (accepted, output) = await StrangersVerifier.RunAsync("verify_cose.py", receiptFile, leafFile, vkey);
        leaf[^1] ^= 1;
        await File.WriteAllBytesAsync(leafFile, leaf, Cancelled);
        var (refused, _) = await StrangersVerifier.RunAsync("verify_cose.py", receiptFile, leafFile, vkey);
        Directory.Delete(folder, recursive: true);
        Assert.True(accepted == 0, output);
        Assert.NotEqual(0, refused);
    }

    [Theory]
    [InlineData(null, "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData("text/plain", "text/plain")]
    [InlineData("text/plain, application/cose;q=0.5", "text/plain")]
    [InlineData("application/cose;q=0", "text/plain")]
    [InlineData("application/cose;q=0.5, */*", "text/plain")]
    [InlineData("application/cose;q=0.5, text/*", "text/plain")]
    [InlineData("application/cose;q=0.5, text/plain;q=0.1, */*", "application/cose")]
    [InlineData("application/cose, */*", "application/cose")]
    [InlineData("application/cose, */*;q=0.1", "application/cose")]
    [InlineData("Application/COSE", "application/cose")]
    [InlineData("application/cose; cose-type=\"cose-sign1\"", "application/cose")]
    public async Task The_caller_says_in_which_form(string? accept, string form)
    {
        using var response = await ReadAsync("/v1/receipts/governance/0", accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(form, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["Accept"], response.Headers.Vary);
    }

    [Fact]
    public async Task Many_receipts_come_in_the_order_asked_for_and_at_one_checkpoint()
    {
        var (leaf, index) = await ReleaseAsync();
        var vkey = (await Client.GetStringAsync("/log/access/vkey", Cancelled)).TrimEnd();
        long[] wanted = [index, 0, index, 1];

        using var response = await ReadAsync($"/v1/receipts/access?indexes={string.Join(',', wanted)}", null);

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal(wanted, lines.Select(line => line.GetProperty("index").GetInt64()));
        var proofs = lines.Select(line => TlogProof.TryParse(line.GetProperty("proof").GetString(), out var proof) ? proof : throw new FormatException()).ToArray();
        Assert.Single(proofs.Select(proof => proof.CheckpointNote).Distinct());
        Assert.True(NoteVerifier.TryParse(vkey, out var log));
        Assert.True(proofs[0].Verify(TreeHasher.Leaf(leaf), log, out _));
        Assert.False(proofs[1].Verify(TreeHasher.Leaf(leaf), log, out _));
    }

    [Theory]
    [InlineData("access", "", HttpStatusCode.BadRequest)]
    [InlineData("access", "?indexes=", HttpStatusCode.BadRequest)]
    [InlineData("access", "?indexes=1,,2", HttpStatusCode.BadRequest)]
    [InlineData("access", "?indexes=-1", HttpStatusCode.BadRequest)]
    [InlineData("access", "?indexes=99999999999999999999", HttpStatusCode.BadRequest)]
    [InlineData("access", "?indexes=9223372036854775807", HttpStatusCode.NotFound)]
    [InlineData("other", "?indexes=0", HttpStatusCode.NotFound)]
    public async Task What_is_no_list_of_entries_is_refused(string log, string query, HttpStatusCode status) =>
        Assert.Equal(status, (await ReadAsync($"/v1/receipts/{log}{query}", null)).StatusCode);

    [Fact]
    public async Task More_than_a_request_line_holds_is_refused_by_number() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await ReadAsync("/v1/receipts/governance?indexes=" + string.Join(',', Enumerable.Repeat(0, 257)), null)).StatusCode);

    private async Task<(byte[] Leaf, long Index)> ReleaseAsync()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var receipt = (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released.Receipt;
        return (Convert.FromBase64String(receipt.Leaf), receipt.Index);
    }

    private async Task<HttpResponseMessage> ReadAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return await Client.SendAsync(request, Cancelled);
    }
}
