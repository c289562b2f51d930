namespace DataExchange.DemoRegion;

/// <summary>What every generated store says about itself.</summary>
internal static class Synthetic
{
    public const string Note =
        "虚构数据，仅供演示：人员、号码、地址、企业均不存在。"
        + "Synthetic data for demonstration: none of these people, numbers, addresses or enterprises exists.";
}
