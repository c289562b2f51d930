namespace DataExchange.DemoRegion.Population;

/// <summary>People made by hand, so that documents and tests can name them. None of them exists.</summary>
public static class DemoPeople
{
    /// <summary>王秀英, born 1949; the number is the example that GB 11643 prints. She has an entry in every open register, her disability and her mortgage included.</summary>
    public const string First = "11010519491231002X";

    /// <summary>李国强, married to <see cref="First"/> since 1972.</summary>
    public const string FirstsHusband = "419901194703120016";

    /// <summary>陈志明, born 1988, married to <see cref="Graduate"/>; represents an enterprise.</summary>
    public const string Entrepreneur = "419902198803070014";

    /// <summary>林晓雨, born 1990, married to <see cref="Entrepreneur"/>; holds a master's degree.</summary>
    public const string Graduate = "419902199005210021";

    /// <summary>陈一诺, born 2021, their daughter; under 14 until June 2035.</summary>
    public const string Child = "419902202106180022";

    /// <summary>赵宁, born 1995, lives alone: no marriage, no property, no enterprise, no degree.</summary>
    public const string Single = "419903199508120016";
}
