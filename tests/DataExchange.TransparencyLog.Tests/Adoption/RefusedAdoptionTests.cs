using System.Text.Json.Nodes;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Adoption;

/// <summary>Orders that do not fit what is stored: nothing is changed, and nothing is signed.</summary>
public sealed class RefusedAdoptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("origin", "\"test.example/access-2\"", "the log here is test.example/access")]
    [InlineData("origin", "\"other.example/access\"", "the log here is test.example/access")]
    [InlineData("vkey", "\"test.example/access+00000000+AAAA\"", "is not the one that the log is signed by")]
    [InlineData("size", "99", "ends at 100 entries")]
    [InlineData("root", "\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"", "ends at 100 entries")]
    [InlineData("known", "[]", "shows no checkpoint")]
    [InlineData("known", "[\"test.example/access\\n150\\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\\n\"]", "is not signed by the key")]
    [InlineData("log", "\"another\"", "does not name the logs")]
    [InlineData("log", "\"governance\"", "leaves access")]
    [InlineData("more", "1", "cannot be read")]
    [InlineData("known", "null", "cannot be read")]
    public async Task An_order_that_does_not_fit_is_refused(string member, string json, string why)
    {
        using var folder = await RefusingAsync();
        var part = folder.Part("access", folder.Mark("access"));
        part[member] = JsonNode.Parse(json);
        folder.Order(null, part);
        await IsRefusedAsync(folder, why);
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_else_signed_in_the_logs_name_is_no_reason()
    {
        using var folder = await RefusingAsync();
        using var forger = NoteSigner.FromSeed("test.example/access", new byte[NoteSigner.SeedSize]);
        folder.Order(null, folder.Part("access", new Checkpoint("test.example/access", 5000, TreeHasher.EmptyRoot).Sign(forger)));
        await IsRefusedAsync(folder, "is not signed by the key");
    }

    [Fact]
    public async Task A_checkpoint_of_what_is_stored_is_no_reason()
    {
        using var folder = await RefusingAsync();
        folder.Order(null, folder.Part("access", (string)Sql.Run(folder.Folder.File("tiles.db"), "SELECT note FROM position WHERE log = 'access'")!));
        await IsRefusedAsync(folder, "nothing is lost");
    }

    [Theory]
    [InlineData("", "it")]
    [InlineData("null", "it is empty")]
    [InlineData("{\"id\":\"x\",\"logs\":[]}", "its id")]
    [InlineData("{\"id\":\"0123456789abcdef0123456789abcdef\",\"logs\":[]}", "does not name the logs")]
    public async Task What_is_no_order_is_refused(string text, string why)
    {
        using var folder = await RefusingAsync();
        await File.WriteAllTextAsync(folder.OrderFile, text, Token);
        await IsRefusedAsync(folder, why);
    }

    [Fact]
    public async Task A_log_that_is_damaged_is_not_retired()
    {
        using var folder = await RefusingAsync();
        folder.Order(null, folder.Part("access", folder.Mark("access")));
        Sql.Run(folder.Exchange, "UPDATE access_batch SET leaves = replace(leaves, CAST('backup' AS BLOB), CAST('Backup' AS BLOB)) WHERE first_index = 0");
        await Assert.ThrowsAsync<LogCorruptException>(() => folder.OpenAsync());
        IsUnchanged(folder);
    }

    private static async Task<RolledBackFolder> RefusingAsync()
    {
        var folder = await RolledBackFolder.MakeAsync();
        await folder.RefusesToStartAsync();
        return folder;
    }

    private static async Task IsRefusedAsync(RolledBackFolder folder, string why)
    {
        var error = await Assert.ThrowsAsync<AdoptionRefusedException>(() => folder.OpenAsync());
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("dx log adopt", error.Message, StringComparison.Ordinal);
        IsUnchanged(folder);

        // The order is no way around the guards.
        File.Delete(folder.OrderFile);
        await folder.RefusesToStartAsync();
    }

    private static void IsUnchanged(RolledBackFolder folder)
    {
        Assert.Equal(0L, Sql.Run(folder.Exchange, "SELECT count(*) FROM log_retired"));
        Assert.Equal(100L, Sql.Run(folder.Exchange, "SELECT size FROM log_head WHERE log = 'access'"));
        Assert.False(File.Exists(folder.Folder.File("access-2.key")));
    }
}
