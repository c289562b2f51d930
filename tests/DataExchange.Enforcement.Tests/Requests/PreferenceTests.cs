using DataExchange.Enforcement.Requests;
using Microsoft.Extensions.Primitives;

namespace DataExchange.Enforcement.Tests.Requests;

/// <summary>RFC 7240.</summary>
public sealed class PreferenceTests
{
    [Theory]
    [InlineData(true, "handling=lenient")]
    [InlineData(true, "Handling = \"lenient\"")]
    [InlineData(true, "handling=lenient; why=\"because\"")]
    [InlineData(true, "respond-async, wait=10, handling=lenient")]
    [InlineData(true, "wait=10", "handling=lenient")]
    [InlineData(true, "handling=lenient, handling=strict")]
    [InlineData(false)]
    [InlineData(false, "")]
    [InlineData(false, "handling=strict")]
    [InlineData(false, "handling=strict, handling=lenient")]
    [InlineData(false, "handling")]
    [InlineData(false, "lenient")]
    [InlineData(false, "mishandling=lenient")]
    [InlineData(false, "handling=lenient-ish")]
    [InlineData(false, "x; handling=lenient")]
    public void Only_a_first_handling_of_lenient_is_lenient(bool lenient, params string[] lines) =>
        Assert.Equal(lenient, Preference.IsLenient(new StringValues(lines)));
}
