using System.Security.Claims;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Gateway.Tests.Identity;

public sealed class TokenCacheTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_token_is_known_until_its_expiry_and_not_one_tick_longer()
    {
        var cache = new TokenCache(_clock);
        cache.Add(TokenHash.Of("t"), CallerFor(TimeSpan.FromMinutes(5)));

        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.True(cache.TryGet(TokenHash.Of("t"), out _));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(cache.TryGet(TokenHash.Of("t"), out var expired));
        Assert.Null(expired);
    }

    [Fact]
    public void Another_token_is_not_known()
    {
        var cache = new TokenCache(_clock);
        cache.Add(TokenHash.Of("t"), CallerFor(TimeSpan.FromMinutes(5)));

        Assert.False(cache.TryGet(TokenHash.Of("T"), out _));
    }

    [Fact]
    public void A_flood_of_tokens_pushes_out_the_idle_and_keeps_the_used()
    {
        var cache = new TokenCache(_clock, capacity: 10);
        cache.Add(TokenHash.Of("used"), CallerFor(TimeSpan.FromHours(1)));
        cache.Add(TokenHash.Of("idle"), CallerFor(TimeSpan.FromHours(1)));
        for (var i = 0; i < 100; i++)
        {
            cache.Add(TokenHash.Of($"flood {i}"), CallerFor(TimeSpan.FromHours(1)));
            Assert.True(cache.TryGet(TokenHash.Of("used"), out _), $"after {i}");
        }

        Assert.False(cache.TryGet(TokenHash.Of("idle"), out _));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    public void The_hash_covers_the_whole_token(int length)
    {
        var token = new string('a', length);

        Assert.Equal(TokenHash.Of(token), TokenHash.Of(new string('a', length)));
        Assert.NotEqual(TokenHash.Of(token), TokenHash.Of(token[..^1] + "b"));
    }

    private Caller CallerFor(TimeSpan lifetime) =>
        new(new ClaimsPrincipal(), new Actor { ClientId = "c", Roles = [] }, null, _clock.GetUtcNow() + lifetime);
}
