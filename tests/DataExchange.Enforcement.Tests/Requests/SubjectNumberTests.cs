using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Requests;

namespace DataExchange.Enforcement.Tests.Requests;

public sealed class SubjectNumberTests
{
    [Theory]
    [InlineData("11010519491231002X", 1949, 12, 31)]
    [InlineData("440524188001010014", 1880, 1, 1)]
    public void A_resident_number_tells_the_date_of_birth(string number, int year, int month, int day)
    {
        var subject = new SubjectRef("cn-resident-id", number);

        Assert.True(SubjectNumber.IsPlausible(subject));
        Assert.Equal(new DateOnly(year, month, day), SubjectNumber.BirthDate(subject));
    }

    [Fact]
    public void Any_single_changed_digit_is_noticed()
    {
        const string Number = "11010519491231002X";
        for (var i = 0; i < Number.Length - 1; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var changed = Number[..i] + digit + Number[(i + 1)..];
                Assert.Equal(changed == Number, SubjectNumber.IsPlausible(new SubjectRef("cn-resident-id", changed)));
            }
        }
    }

    [Fact]
    public void A_scheme_we_know_nothing_of_is_not_judged_and_tells_nothing()
    {
        var subject = new SubjectRef("cn-unified-social-credit", "91350100M000100Y43");

        Assert.True(SubjectNumber.IsPlausible(subject));
        Assert.Null(SubjectNumber.BirthDate(subject));
    }
}
