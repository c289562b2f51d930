using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>What every keeper of master keys guarantees. An implementation over a key management service runs the same.</summary>
public abstract class MasterKeyConformance
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As another process would open it: sees what was kept, and nothing else.</summary>
    protected abstract IMasterKey Reopen();

    [Fact]
    public async Task There_is_no_key_until_one_is_made_and_then_it_stays()
    {
        var made = await Reopen().GetOrCreateAsync(Cancellation);

        Assert.Equal(made.Id, (await Reopen().GetOrCreateAsync(Cancellation)).Id);
        Assert.Equal(made.Secret, (await Reopen().FindAsync(made.Id, Cancellation))!.Secret);
        Assert.Null(await Reopen().FindAsync(MasterKey.Create().Id, Cancellation));
        Assert.False(await Reopen().IsChangingAsync(Cancellation));
        Assert.False(await Reopen().KeepOnlyAsync(made.Id, Cancellation));
    }

    [Fact]
    public async Task The_next_key_stands_beside_the_first_until_one_of_them_is_named()
    {
        var first = await Reopen().GetOrCreateAsync(Cancellation);
        var next = await Reopen().CreateNextAsync(Cancellation);

        Assert.NotEqual(first.Id, next.Id);
        Assert.True(await Reopen().IsChangingAsync(Cancellation));
        Assert.Equal(first.Secret, (await Reopen().FindAsync(first.Id, Cancellation))!.Secret);
        Assert.Equal(next.Secret, (await Reopen().FindAsync(next.Id, Cancellation))!.Secret);
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await Reopen().CreateNextAsync(Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await Reopen().GetOrCreateAsync(Cancellation)); // No new vault between two keys.
        Assert.Equal(next.Secret, (await Reopen().FindAsync(next.Id, Cancellation))!.Secret);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_key_that_is_not_named_is_gone_and_the_named_one_is_the_one_in_use(bool keepNext)
    {
        var first = await Reopen().GetOrCreateAsync(Cancellation);
        var next = await Reopen().CreateNextAsync(Cancellation);
        var (kept, other) = keepNext ? (next, first) : (first, next);

        Assert.True(await Reopen().KeepOnlyAsync(kept.Id, Cancellation));
        Assert.False(await Reopen().IsChangingAsync(Cancellation));
        Assert.False(await Reopen().KeepOnlyAsync(kept.Id, Cancellation));

        Assert.Null(await Reopen().FindAsync(other.Id, Cancellation));
        Assert.Equal(kept.Secret, (await Reopen().FindAsync(kept.Id, Cancellation))!.Secret);
        Assert.Equal(kept.Id, (await Reopen().GetOrCreateAsync(Cancellation)).Id);
        await Reopen().CreateNextAsync(Cancellation);
    }

    [Fact]
    public async Task Naming_a_key_that_is_not_there_destroys_nothing()
    {
        var first = await Reopen().GetOrCreateAsync(Cancellation);
        var next = await Reopen().CreateNextAsync(Cancellation);

        await Assert.ThrowsAsync<SubjectVaultException>(async () => await Reopen().KeepOnlyAsync(MasterKey.Create().Id, Cancellation));

        Assert.NotNull(await Reopen().FindAsync(first.Id, Cancellation));
        Assert.NotNull(await Reopen().FindAsync(next.Id, Cancellation));
    }
}

public sealed class MemoryMasterKeyTests : MasterKeyConformance
{
    private readonly MemoryMasterKey _key = new();

    protected override IMasterKey Reopen() => _key;
}

public sealed class MasterKeyFileConformanceTests : MasterKeyConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override IMasterKey Reopen() => new MasterKeyFile(Options.Create(new SubjectVaultOptions { DataFolder = _folder }));
}
