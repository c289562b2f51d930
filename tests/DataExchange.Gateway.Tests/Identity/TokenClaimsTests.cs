using System.Security.Claims;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Identity;

namespace DataExchange.Gateway.Tests.Identity;

public sealed class TokenClaimsTests
{
    [Theory]
    [InlineData("azp")]
    [InlineData("client_id")]
    [InlineData("appid")]
    public void The_client_is_read_under_every_name_it_goes_by(string claim) =>
        Assert.Equal("housing", TokenClaims.ToActor(Token((claim, "housing")))?.ClientId);

    [Fact]
    public void A_token_without_a_client_is_nobody() => Assert.Null(TokenClaims.ToActor(Token(("sub", "somebody"))));

    [Theory]
    [InlineData("housing", null, null)]
    [InlineData("somebody", null, "somebody")]
    [InlineData("a-service-principal", "app", null)]
    public void A_system_has_no_user_behind_it(string subject, string? idtyp, string? user)
    {
        var token = idtyp is null ? Token(("azp", "housing"), ("sub", subject)) : Token(("azp", "housing"), ("sub", subject), ("idtyp", idtyp));

        Assert.Equal(user, TokenClaims.ToActor(token)?.UserId);
    }

    [Fact]
    public void The_binding_to_a_certificate_is_passed_on() =>
        Assert.Equal("thumb", TokenClaims.ToActor(Token(("azp", "c"), ("cnf", """{"x5t#S256":"thumb"}""")))?.BoundTo);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"x5t#S256":null}""")]
    [InlineData("""{"x5t#S256":7}""")]
    [InlineData("[]")]
    [InlineData("not json")]
    public void A_binding_that_cannot_be_read_binds_to_no_certificate_there_is(string confirmation) =>
        Assert.Equal("unreadable", TokenClaims.ToActor(Token(("azp", "c"), ("cnf", confirmation)))?.BoundTo);

    [Fact]
    public void A_person_needs_both_scheme_and_number()
    {
        Assert.Equal(new SubjectRef("s", "v"), TokenClaims.ToSubject(Token(("subject_scheme", "s"), ("subject_id", "v"))));
        Assert.Null(TokenClaims.ToSubject(Token(("subject_id", "v"))));
        Assert.Null(TokenClaims.ToSubject(Token(("subject_scheme", "s"), ("subject_id", ""))));
    }

    private static ClaimsPrincipal Token(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "test"));
}
