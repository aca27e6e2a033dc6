package eigengrad.props.planted;

/** What the mistakes are planted into meets the contract. */
class RightWhiteningProperties implements PlainWhitening {}
