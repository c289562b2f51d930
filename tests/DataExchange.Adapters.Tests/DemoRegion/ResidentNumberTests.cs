using DataExchange.DemoRegion.Population;

namespace DataExchange.Adapters.Tests.DemoRegion;

public class ResidentNumberTests
{
    [Fact]
    public void The_example_of_the_standard_is_made_from_its_parts()
    {
        var number = ResidentNumber.Create("110105", new DateOnly(1949, 12, 31), 2);

        Assert.Equal(DemoPeople.First, number.Value);
        Assert.Equal(Sex.Female, number.Sex);
        Assert.Equal(new DateOnly(1949, 12, 31), number.BirthDate);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("11010519491231002x")]
    [InlineData("110105194912310021")]
    [InlineData("110105194902310020")]
    [InlineData("1101051949123100X2")]
    [InlineData("１１010519491231002X")]
    public void Every_other_spelling_is_refused(string? text) => Assert.False(ResidentNumber.TryParse(text, out _));

    [Fact]
    public void A_change_of_any_one_digit_is_noticed()
    {
        for (var position = 0; position < 17; position++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var changed = DemoPeople.First[..position] + digit + DemoPeople.First[(position + 1)..];
                Assert.Equal(changed == DemoPeople.First, ResidentNumber.TryParse(changed, out _));
            }
        }
    }
}
